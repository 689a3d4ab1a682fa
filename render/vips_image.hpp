#pragma once
// Ownership and errors at libvips' border. Call start_vips (encode_webp.hpp) before anything of libvips.

#include <memory>
#include <string>
#include <vips/vips.h>

namespace harmattan::render {

struct UnrefVips {
    void operator()(VipsImage* image) const noexcept { g_object_unref(image); }
};
using OwnedVipsImage = std::unique_ptr<VipsImage, UnrefVips>;

struct FreeVips {
    void operator()(void* bytes) const noexcept { g_free(bytes); }
};
using OwnedVipsBytes = std::unique_ptr<void, FreeVips>;

/// What libvips has said last, on one line; it is forgotten there.
inline std::string take_vips_error() {
    std::string why = vips_error_buffer();
    vips_error_clear();
    return why.substr(0, why.find('\n'));
}

} // namespace harmattan::render
