#include "geo/density/workers.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace harmattan::geo {

struct Workers::Impl {
    std::mutex mutex;
    std::condition_variable wake, done;
    std::uint64_t round = 0; ///< counts the loops handed out
    bool stop = false;
    int busy = 0;

    const std::function<void(std::size_t, int)>* body = nullptr;
    std::size_t n = 0;
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::vector<std::jthread> threads; // last member: joined before the rest goes

    void take(int worker) {
        try {
            for (std::size_t i = next++; i < n; i = next++) (*body)(i, worker);
        } catch (...) { // handed on by each()
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
            next = n;
        }
    }

    void live(int worker) {
        std::uint64_t seen = 0;
        for (;;) {
            {
                std::unique_lock lock(mutex);
                wake.wait(lock, [&] { return stop || round != seen; });
                if (stop) return;
                seen = round;
            }
            take(worker);
            const std::lock_guard lock(mutex);
            if (--busy == 0) done.notify_one();
        }
    }
};

Workers::Workers(int threads) : m_impl(std::make_unique<Impl>()) {
    for (int i = 1; i < threads; ++i) m_impl->threads.emplace_back([this, i] { m_impl->live(i); });
}

Workers::~Workers() {
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->stop = true;
    }
    m_impl->wake.notify_all();
    m_impl->threads.clear();
}

int Workers::count() const { return static_cast<int>(m_impl->threads.size()) + 1; }

void Workers::each(std::size_t n, const std::function<void(std::size_t, int)>& body) {
    if (m_impl->threads.empty() || n < 2) {
        for (std::size_t i = 0; i < n; ++i) body(i, 0);
        return;
    }
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->body = &body, m_impl->n = n, m_impl->next = 0, m_impl->failure = nullptr;
        m_impl->busy = static_cast<int>(m_impl->threads.size());
        ++m_impl->round;
    }
    m_impl->wake.notify_all();
    m_impl->take(0);
    std::unique_lock lock(m_impl->mutex);
    m_impl->done.wait(lock, [&] { return m_impl->busy == 0; });
    if (m_impl->failure) std::rethrow_exception(m_impl->failure);
}

} // namespace harmattan::geo
