#include "render/print/qr_code.hpp"

#include "geo/error.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <qrencode.h>
#include <string>

namespace harmattan::render {

namespace {

struct FreeCode {
    void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};

} // namespace

QrCode make_qr_code(std::string_view text) {
    if (text.empty() || text.find('\0') != std::string_view::npos)
        throw geo::Error(geo::ErrorKind::bad_config, "a QR code needs a text, without NUL");
    constexpr int smallest_version = 0, keep_case = 1;
    const std::unique_ptr<QRcode, FreeCode> code(
        QRcode_encodeString(std::string(text).c_str(), smallest_version, QR_ECLEVEL_M, QR_MODE_8, keep_case));
    if (!code && errno == ERANGE)
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("a text of {} bytes is too long for a QR code, which holds at most {}",
                                     text.size(), qr_max_bytes));
    if (!code) throw geo::Error(geo::ErrorKind::internal, fmt::format("libqrencode fails: {}", std::strerror(errno)));
    QrCode out{code->width, {}};
    const std::size_t modules = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    for (std::size_t i = 0; i < modules; ++i)
        out.dark.push_back(code->data[i] & 1u); // the other bits tell the modules' roles
    return out;
}

} // namespace harmattan::render
