#pragma once
// Work in parallel, results in order: threads take the items 0, 1, 2 … one by one, the caller's thread gets the results
// in that order whatever the threads do. So what is written cannot depend on the number of threads.
//
// Results that wait for their turn are bounded in number and bytes. The error of the lowest failing item is the one
// that is thrown, after the results of all items before it were used.

#include "geo/error.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace harmattan::tiles {

/// The number of threads that 0 stands for: one for each processor this process may use.
int default_threads();

struct ScheduleOptions {
    int threads = 0;                              ///< 0: default_threads()
    std::size_t max_waiting = 32;                 ///< results finished or under way, per thread
    std::size_t max_waiting_bytes = 256u << 20;   ///< of finished results; one more result a thread may come on top
    const std::atomic<bool>* interrupt = nullptr; ///< set by a signal handler: stop and throw interrupted
    std::function<void()> tick{};                 ///< called in the caller's thread at least ten times a second
};

/// `produce(i)` for i in [0, count), in threads; `size_of(result)` bytes it holds; `use(i, result)` in the caller's
/// thread, in order. Returns when all are used.
template <class Result>
class OrderedSchedule {
public:
    using Produce = std::function<Result(std::uint64_t)>;
    using SizeOf = std::function<std::size_t(const Result&)>;
    using Use = std::function<void(std::uint64_t, Result&&)>;

    OrderedSchedule(std::uint64_t count, Produce produce, SizeOf size_of, Use use, const ScheduleOptions& options)
        : m_end(count), m_produce(std::move(produce)), m_size_of(std::move(size_of)), m_use(std::move(use)),
          m_options(options), m_threads(options.threads > 0 ? options.threads : default_threads()),
          m_slots(std::max<std::size_t>(1, options.max_waiting) * static_cast<std::size_t>(m_threads)) {}

    void run() {
        // why: jthreads before the guard, so that every way out first tells them to stop and then joins them
        std::vector<std::jthread> threads;
        const Stop stop{*this};
        const std::uint64_t wanted = std::min<std::uint64_t>(static_cast<std::uint64_t>(m_threads), m_end);
        for (std::uint64_t i = 0; i < wanted; ++i) threads.emplace_back([this] { work(); });
        for (std::uint64_t i = 0;; ++i) {
            std::optional<Slot> slot = wait_for(i);
            if (!slot) return;
            if (const auto* error = std::get_if<std::exception_ptr>(&*slot)) std::rethrow_exception(*error);
            m_use(i, std::move(std::get<Result>(*slot)));
            if (m_options.tick) m_options.tick();
        }
    }

private:
    using Slot = std::variant<Result, std::exception_ptr>;
    static constexpr auto patience = std::chrono::milliseconds(100);

    struct Stop {
        OrderedSchedule& schedule;
        ~Stop() {
            const std::lock_guard lock(schedule.m_mutex);
            schedule.m_end = 0;
            schedule.m_room.notify_all();
        }
    };

    // Deadlock-free: if nothing waits, there is room; and if something waits, either its turn has come or the item
    // whose turn it is has been taken by a thread that will finish it.
    bool has_room() const {
        return m_taken - m_used < m_slots.size() &&
               m_waiting_bytes < std::max<std::size_t>(1, m_options.max_waiting_bytes);
    }

    void work() {
        for (;;) {
            std::uint64_t index = 0;
            {
                std::unique_lock lock(m_mutex);
                m_room.wait(lock, [&] { return m_taken >= m_end || has_room(); });
                if (m_taken >= m_end) return;
                index = m_taken++;
            }
            Slot slot = produce(index);
            const std::lock_guard lock(m_mutex);
            if (const Result* result = std::get_if<Result>(&slot)) m_waiting_bytes += m_size_of(*result);
            else m_end = std::min(m_end, index + 1); // what comes after a failure is not begun
            m_slots[index % m_slots.size()] = std::move(slot);
            if (m_taken >= m_end) m_room.notify_all();
            if (index == m_used) m_ready.notify_one();
        }
    }

    Slot produce(std::uint64_t index) {
        try {
            return Slot(std::in_place_index<0>, m_produce(index));
        } catch (...) { return Slot(std::in_place_index<1>, std::current_exception()); }
    }

    // The result of item `index`; nothing when all are used. Throws interrupted.
    std::optional<Slot> wait_for(std::uint64_t index) {
        std::unique_lock lock(m_mutex);
        m_used = index;
        m_room.notify_all();
        std::optional<Slot>& slot = m_slots[index % m_slots.size()];
        while (!slot) {
            if (index >= m_end) return std::nullopt;
            check_interrupt();
            if (m_ready.wait_for(lock, patience) == std::cv_status::timeout && m_options.tick) {
                lock.unlock();
                m_options.tick();
                lock.lock();
            }
        }
        check_interrupt();
        if (const Result* result = std::get_if<Result>(&*slot)) m_waiting_bytes -= m_size_of(*result);
        return std::exchange(slot, std::nullopt);
    }

    void check_interrupt() const {
        if (m_options.interrupt != nullptr && m_options.interrupt->load(std::memory_order_relaxed))
            throw geo::Error(geo::ErrorKind::interrupted, "stopped as asked");
    }

    std::mutex m_mutex;
    std::condition_variable m_room, m_ready;
    std::uint64_t m_end;       ///< items from here on are not begun
    std::uint64_t m_taken = 0; ///< items begun
    std::uint64_t m_used = 0;  ///< items whose results were handed on
    std::size_t m_waiting_bytes = 0;
    const Produce m_produce;
    const SizeOf m_size_of;
    const Use m_use;
    const ScheduleOptions m_options;
    const int m_threads;
    std::vector<std::optional<Slot>> m_slots; ///< of item i: i modulo their number
};

} // namespace harmattan::tiles
