#pragma once
// PROJ's objects as owned values. For the few .cpp files that call PROJ themselves.

#include <memory>
#include <proj.h>

namespace harmattan::geo {

template <auto Destroy>
struct ProjDeleter {
    template <class T>
    void operator()(T* p) const noexcept {
        Destroy(p);
    }
};
using ProjContext = std::unique_ptr<PJ_CONTEXT, ProjDeleter<proj_context_destroy>>;
using Pj = std::unique_ptr<PJ, ProjDeleter<proj_destroy>>; ///< must go before its context

} // namespace harmattan::geo
