#include "geo/error.hpp"

#include <utility>

namespace harmattan::geo {

int exit_code(ErrorKind kind) noexcept {
    switch (kind) {
    case ErrorKind::usage: return 64;
    case ErrorKind::bad_data: return 65;
    case ErrorKind::no_input: return 66;
    case ErrorKind::service: return 69;
    case ErrorKind::internal: return 70;
    case ErrorKind::cannot_create: return 73;
    case ErrorKind::io: return 74;
    case ErrorKind::busy: return 75;
    case ErrorKind::not_permitted: return 77;
    case ErrorKind::bad_config: return 78;
    case ErrorKind::interrupted: return 130;
    }
    return 70;
}

Error::Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), m_kind(kind) {}

Error& Error::at(std::string where) & {
    m_trail.push_back(std::move(where));
    return *this;
}

Error&& Error::at(std::string where) && {
    m_trail.push_back(std::move(where));
    return std::move(*this);
}

std::string Error::line() const {
    std::string text = what();
    for (const std::string& where : m_trail) text += "; " + where;
    return text;
}

} // namespace harmattan::geo
