#include "app/serve/served_map.hpp"

#include "app/provenance.hpp"
#include "app/site/tile_sets.hpp"
#include "tiles/digest.hpp"

#include <array>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

constexpr std::array scales{1, 2};

std::string version_of(const tiles::Painter& painter) {
    tiles::Digester digester;
    digester.add(painter.fingerprint());
    return tiles::to_hex(digester.finish()).substr(0, 12);
}

} // namespace

ServedMap::ServedMap(const Job& job, tiles::Metrics& metrics, const std::function<void(const std::string&)>& warn)
    : m_study(read_study(job)), m_parts(gather_parts(m_study, "light", warn)),
      m_plan({m_study.job.min_zoom, m_study.job.max_zoom}, m_study.frame),
      m_preview(std::make_shared<tiles::Preview>(tiles::PreviewOptions{.threads = m_study.job.threads}, metrics)) {
    for (const int scale : scales) m_scenes.push_back(web_scene(m_study, m_parts.input, scale));
    m_parts.input = {};
    take_legend(m_parts, m_study, m_scenes.front());
    const render::ImageFormat format = *render::find_image_format(m_study.job.format);
    // A web page wants the sets to switch and slide; one flattened picture is only for those who ask for it.
    const std::vector<std::string> names = job.sets == std::vector<std::string>{"all"} ? set_names() : asked_sets(job);
    for (const std::string& name : names) {
        std::array<const tiles::Painter*, scales.size()> painters{};
        for (std::size_t i = 0; i < scales.size(); ++i)
            painters[i] = &m_painters.emplace_back(m_scenes[i], sets_of(name), scales[i], format);
        tiles::ServedLayer layer;
        layer.id = name;
        layer.title = name == "all" ? m_study.title : fmt::format("{} – {}", m_study.title, name);
        layer.description =
            m_study.incidents.source.illustrative ? made_up_note(m_study.job.language) : m_study.job.description;
        layer.attribution = attribution(m_study);
        layer.extension = render::extension(format);
        layer.media_type = tiles::media_type_of_tiles(layer.extension);
        layer.bounds = m_study.frame;
        layer.min_zoom = m_plan.zooms().min, layer.max_zoom = m_plan.zooms().max;
        const std::string metadata = fmt::format("{{\"harmattan\":{}}}", provenance_json(m_study, m_parts));
        m_sets.push_back({name,
                          tiles::make_preview_source(std::move(layer), version_of(*painters[0]), metadata, m_preview,
                                                     painters, m_plan),
                          nullptr});
    }
}

void ServedMap::stop() { m_preview->stop(); }

} // namespace harmattan::app
