#include "gyre/plot/terminal.hpp"
