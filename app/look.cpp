#include "app/look.hpp"

namespace harmattan::app {

Look look_of(const styles::Style& style, int zoom) {
    Look look{"#ffffff", {}};
    const styles::EvaluationContext context{static_cast<double>(zoom), nullptr, {}, {}};
    for (const styles::Layer& layer : style.layers)
        if (layer.type == styles::LayerType::background) {
            look.background = styles::to_css(layer.color("background-color", context));
            break;
        }
    if (const std::string* theme = style.note("theme").string()) look.theme = *theme;
    return look;
}

} // namespace harmattan::app
