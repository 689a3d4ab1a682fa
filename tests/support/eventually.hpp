#pragma once
// For what another process does a moment later.

#include <chrono>
#include <thread>

namespace harmattan::test {

/// Whether `holds` comes true within a minute, which is for what hangs alone.
template <class Condition>
bool eventually(const Condition& holds) {
    const auto start = std::chrono::steady_clock::now();
    while (!holds()) {
        if (std::chrono::steady_clock::now() - start > std::chrono::minutes(1)) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

} // namespace harmattan::test
