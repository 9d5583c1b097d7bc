#include "gyre/plot/csv.hpp"
