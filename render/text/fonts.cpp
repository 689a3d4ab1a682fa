#include "render/text/fonts.hpp"

#include "geo/error.hpp"
#include "render/canvas.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string_view>

namespace harmattan::render {

namespace {

struct FontFile {
    const char* path;
    const char* package; ///< Debian's
};

constexpr std::array<FontFile, 8> files{{
    {"/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "fonts-noto-core"},
    {"/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf", "fonts-noto-core"},
    {"/usr/share/fonts/truetype/noto/NotoSans-Italic.ttf", "fonts-noto-core"},
    {"/usr/share/fonts/truetype/noto/NotoSans-BoldItalic.ttf", "fonts-noto-core"},
    {"/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf", "fonts-noto-core"},
    {"/usr/share/fonts/truetype/noto/NotoSansArabic-Bold.ttf", "fonts-noto-core"},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core"},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", "fonts-dejavu-core"},
}};

// Whatever family a style names, these follow it, in this order. No folders: files are added one by one, which also
// spares the scan of the several hundred fonts of the package.
constexpr const char* configuration = R"(<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <match target="pattern">
    <edit name="family" mode="append_last" binding="strong">
      <string>Noto Sans</string><string>Noto Sans Arabic</string><string>DejaVu Sans</string>
    </edit>
  </match>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
)";

} // namespace

void FontMapDeleter::operator()(PangoFontMap* map) const noexcept { g_object_unref(map); }

FontMap open_fonts() {
    const std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)> config(FcConfigCreate(), FcConfigDestroy);
    if (!config ||
        !FcConfigParseAndLoadFromMemory(config.get(), reinterpret_cast<const FcChar8*>(configuration), FcTrue))
        throw geo::Error(geo::ErrorKind::internal, "fontconfig does not take the project's configuration");
    for (const FontFile& file : files) {
        std::error_code failed;
        if (!std::filesystem::exists(file.path, failed) ||
            !FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(file.path)))
            throw geo::Error(
                geo::ErrorKind::bad_config,
                fmt::format("font {} is not there; install the Debian package {}", file.path, file.package));
    }
    // why: Pango asks fontconfig for the process's own configuration in a thread of its own as soon as a font map is
    // made; without one, that would read the machine's settings and every font it has.
    FcConfigSetCurrent(config.get());
    FontMap map(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    if (!map) throw geo::Error(geo::ErrorKind::internal, "this Pango was built without FreeType fonts");
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), config.get());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72);
    return map;
}

const char* font_file(int index) { return files.at(static_cast<std::size_t>(index)).path; }

int font_index(PangoFont* font) {
    FcChar8* path = nullptr;
    if (FcPatternGetString(pango_fc_font_get_pattern(PANGO_FC_FONT(font)), FC_FILE, 0, &path) != FcResultMatch)
        return Outline::no_font;
    const std::string_view name(reinterpret_cast<const char*>(path));
    const auto known =
        std::find_if(files.begin(), files.end(), [&](const FontFile& file) { return name == file.path; });
    return known == files.end() ? Outline::no_font : static_cast<int>(known - files.begin());
}

} // namespace harmattan::render
