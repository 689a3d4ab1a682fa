#pragma once
// A map that is drawn while it is looked at: from the incidents to sets whose tiles a preview paints on demand.

#include "app/scene_of.hpp"
#include "app/site/site_texts.hpp"
#include "tiles/plan.hpp"
#include "tiles/scene_painter.hpp"
#include "tiles/serve/catalogue.hpp"
#include "tiles/serve/preview.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace harmattan::app {

/// Holds all that its sets draw from: must outlive the server.
class ServedMap {
public:
    /// Reads and prepares everything; throws what that throws. Nothing is drawn before `start`.
    ServedMap(const Job& job, tiles::Metrics& metrics, const std::function<void(const std::string&)>& warn);

    const Study& study() const { return m_study; }
    const SceneParts& parts() const { return m_parts; }
    /// The sets of the job: base, heat, …, or all in one.
    const std::vector<tiles::ServedSet>& sets() const { return m_sets; }
    void start() { m_preview->start(); }
    /// Refuses what waits to be drawn: before the server is stopped.
    void stop();

private:
    Study m_study;
    SceneParts m_parts;
    tiles::Plan m_plan;
    std::vector<render::Scene> m_scenes;        ///< at scale 1 and 2
    std::deque<tiles::ScenePainter> m_painters; ///< sources point into it
    std::shared_ptr<tiles::Preview> m_preview;
    std::vector<tiles::ServedSet> m_sets;
};

} // namespace harmattan::app
