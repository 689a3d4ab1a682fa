#include "tiles/scheduler.hpp"

#include <sched.h>

namespace harmattan::tiles {

int default_threads() {
    cpu_set_t set;
    CPU_ZERO(&set);
    const int allowed = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
    return std::max(1, allowed > 0 ? allowed : static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace harmattan::tiles
