#pragma once
// One parsed expression of the MapLibre style language. Immutable, shared between threads without locks.

#include "geo/features.hpp"
#include "styles/value.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::styles {

/// What a feature shows to an expression.
class FeatureView {
public:
    virtual ~FeatureView() = default;
    virtual Value property(std::string_view name) const = 0; ///< null where absent
    virtual bool has(std::string_view name) const { return !property(name).is_null(); }
    virtual geo::GeometryType geometry() const = 0;
    virtual Value id() const { return {}; }
    virtual Object properties() const { return {}; } ///< all at once, for ["properties"]
};

struct EvaluationContext {
    double zoom = 0;
    const FeatureView* feature = nullptr;
    std::optional<double> heatmap_density;
    std::optional<double> line_progress;
};

/// An evaluation that the specification calls an error: a property then falls to its default, a filter to false.
class ExpressionError : public std::runtime_error {
public:
    ExpressionError(std::string pointer, const std::string& message)
        : std::runtime_error(message), m_pointer(std::move(pointer)) {}
    /// Which part of the expression failed: a JSON pointer from the expression's own root.
    const std::string& pointer() const noexcept { return m_pointer; }

private:
    std::string m_pointer;
};

class Expression {
public:
    class Node;
    explicit Expression(std::shared_ptr<const Node> root) : m_root(std::move(root)) {}

    /// Throws ExpressionError where the specification says an evaluation fails (a property then falls to its default).
    Value evaluate(const EvaluationContext& context) const;
    bool uses_zoom() const;
    bool uses_feature() const;
    bool uses_density() const;  ///< ["heatmap-density"]
    bool uses_progress() const; ///< ["line-progress"]
    bool is_constant() const;   ///< gives the same in every context
    std::string type() const;   ///< "number", "array<number, 2>", …: known before evaluation

private:
    std::shared_ptr<const Node> m_root;
};

/// Something wrong with an expression or a style: where, as a JSON pointer, and what.
struct Fault {
    std::string pointer;
    std::string message;
    auto operator<=>(const Fault&) const = default;
};

/// What is asked of an expression by the place it stands in.
struct ExpressionPlace {
    std::string type = "value";      ///< "number", "color", "formatted", "array<string>", "array<number, 2>", …
    bool zoom_in_curves_only = true; ///< true for properties: ["zoom"] feeds one outermost step or interpolate
    bool interpolated = true;        ///< whether that may be an interpolate
};

/// Parses `json` for its place. Faults are added to `faults` with pointers from the expression's root; then nothing
/// is returned. Sub-expressions that depend on nothing are evaluated here, and their failures are faults.
std::optional<Expression> parse_expression(const Value& json, const ExpressionPlace& place, std::vector<Fault>& faults);

/// Whether an array is meant as an expression: it begins with the name of one.
bool is_expression(const Value& json);

/// Parses a filter: an expression of type boolean, or one of the old form ["==", "key", value].
std::optional<Expression> parse_filter(const Value& json, std::vector<Fault>& faults);

} // namespace harmattan::styles
