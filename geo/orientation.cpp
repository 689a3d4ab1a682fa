#include "geo/orientation.hpp"

#include <array>

namespace harmattan::geo {

namespace {

/// A sum of doubles kept without rounding: components that do not overlap, smallest first.
class ExactSum {
public:
    void add(double value) {
        double carry = value;
        for (int i = 0; i < m_count; ++i) {
            const double sum = carry + m_part[static_cast<unsigned>(i)];
            const double virtual_part = sum - carry;
            const double rest = (carry - (sum - virtual_part)) + (m_part[static_cast<unsigned>(i)] - virtual_part);
            m_part[static_cast<unsigned>(i)] = rest;
            carry = sum;
        }
        m_part[static_cast<unsigned>(m_count++)] = carry;
    }

    /// The exact product of a and b, times the sign.
    void add_product(double a, double b, double sign) {
        constexpr double splitter = 134217729.0; // 2^27 + 1
        const double ca = splitter * a, cb = splitter * b;
        const double a_high = ca - (ca - a), b_high = cb - (cb - b);
        const double a_low = a - a_high, b_low = b - b_high;
        const double product = a * b;
        const double rest = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low);
        add(sign * rest);
        add(sign * product);
    }

    int sign() const {
        for (int i = m_count; i-- > 0;) {
            const double part = m_part[static_cast<unsigned>(i)];
            if (part != 0) return part > 0 ? 1 : -1;
        }
        return 0;
    }

private:
    std::array<double, 12> m_part{};
    int m_count = 0;
};

} // namespace

int exact_orientation(double ax, double ay, double bx, double by, double cx, double cy) {
    // a × b + b × c + c × a
    ExactSum sum;
    sum.add_product(ax, by, 1);
    sum.add_product(ay, bx, -1);
    sum.add_product(bx, cy, 1);
    sum.add_product(by, cx, -1);
    sum.add_product(cx, ay, 1);
    sum.add_product(cy, ax, -1);
    return sum.sign();
}

} // namespace harmattan::geo
