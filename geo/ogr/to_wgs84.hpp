#pragma once
// From a layer's coordinate system to longitude and latitude on WGS 84, longitude first, by PROJ.

#include "geo/space.hpp"

#include <memory>
#include <span>
#include <string>

class OGRLayer;
class OGRCoordinateTransformation;

namespace harmattan::geo {

class ToWgs84 {
public:
    /// `assume_crs` ("EPSG:32630") serves a layer that names none; empty: such a layer is an Error (bad_data) that
    /// tells whether its numbers look like degrees and what to do. `file` is for messages.
    ToWgs84(OGRLayer& layer, const std::string& assume_crs, const std::string& file);
    ~ToWgs84();

    bool is_identity() const { return !m_transformation; }
    const std::string& source_name() const { return m_source_name; } ///< "WGS 84 / UTM zone 30N"
    /// In place; what cannot be transformed becomes infinite.
    void apply(std::span<LonLat> at) const;

private:
    std::unique_ptr<OGRCoordinateTransformation> m_transformation;
    std::string m_source_name;
};

} // namespace harmattan::geo
