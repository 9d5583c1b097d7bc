#pragma once

#include <string>

namespace gyre {

/// What results were computed on, as far as it can matter to them. Names nobody and no host.
struct Machine {
  std::string processor;  ///< "AMD EPYC 9B14"
  unsigned cores = 0;     ///< that this program may use
  double memory = 0.0;    ///< in GiB
  std::string system;     ///< "Debian GNU/Linux 12 (bookworm), Linux 6.1, x86_64"
};

Machine this_machine();

/// "GCC 12.2.0": what built this program.
std::string compiler();

/// Now, in UTC: "2026-03-01T12:30:05Z".
std::string utc_now();

}  // namespace gyre
