#pragma once
// One parsed expression of the MapLibre style language. Immutable, shared between threads without locks.

#include "geo/features.hpp"
#include "styles/value.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace harmattan::styles {

/// What a feature shows to an expression.
class FeatureView {
public:
    virtual ~FeatureView() = default;
    virtual Value property(std::string_view name) const = 0; ///< null where absent
    virtual geo::GeometryType geometry() const = 0;
    virtual Value id() const { return {}; }
};

struct EvaluationContext {
    double zoom = 0;
    const FeatureView* feature = nullptr;
    std::optional<double> heatmap_density;
    std::optional<double> line_progress;
};

class Expression {
public:
    class Node;
    explicit Expression(std::shared_ptr<const Node> root) : m_root(std::move(root)) {}

    /// Throws ExpressionError where the specification says an evaluation fails (a property then falls to its default).
    Value evaluate(const EvaluationContext& context) const;
    bool uses_zoom() const;
    bool uses_feature() const;

private:
    std::shared_ptr<const Node> m_root;
};

} // namespace harmattan::styles
