#pragma once
// A few threads that share the indices of a loop, again and again. Which thread takes which index is left open, so
// bodies write only what their index owns: then the number of threads cannot change a byte.

#include <cstddef>
#include <functional>
#include <memory>

namespace harmattan::geo {

class Workers {
public:
    explicit Workers(int threads);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    int count() const;
    /// Calls body(index, worker) for every index below n, worker in 0 … count()−1; returns when all are done.
    /// The first exception of a body is rethrown here after the others have ended.
    void each(std::size_t n, const std::function<void(std::size_t index, int worker)>& body);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harmattan::geo
