#pragma once
// A digest of what pictures depend on: values are fed in a fixed order, equal feeds give equal text. XXH3, 128 bits.

#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace harmattan::render {

class Fingerprint {
public:
    Fingerprint();
    ~Fingerprint();

    void add_bytes(const void* data, std::size_t size);
    /// Length first, so that neighbours cannot run into each other.
    void add(std::string_view text);
    template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void add(T value) { add_bytes(&value, sizeof value); }
    /// For types without padding.
    template <class T>
    void add_all(std::span<const T> values) {
        static_assert(std::has_unique_object_representations_v<T> || std::is_floating_point_v<T> ||
                      std::is_trivially_copyable_v<T>);
        add(values.size());
        add_bytes(values.data(), values.size_bytes());
    }
    std::string text() const; ///< 32 hexadecimal digits

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace harmattan::render
