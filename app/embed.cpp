#include "app/embed.hpp"

#include "app/report/html.hpp"

#include <fmt/format.h>

namespace harmattan::app {

std::string embed_snippet(const Embed& e) {
    return fmt::format(
        R"(<!-- A live map; where frames do not show (print, mail, readers), the figure stands in its place. -->
<figure style="margin:0">
  <style>
    .harmattan-map {{ position: relative; width: 100%; }}
    .harmattan-map > * {{ position: absolute; inset: 0; width: 100%; height: 100%; border: 0; object-fit: contain; }}
    @media print {{ .harmattan-map > iframe {{ display: none; }} }}
  </style>
  <div class="harmattan-map" style="aspect-ratio: {2} / {3}">
    <img src="{1}" alt="{4}" width="{2}" height="{3}" loading="lazy">
    <iframe src="{0}" title="{4}" loading="lazy" allowfullscreen></iframe>
  </div>
  <figcaption><a href="{0}">{4}</a></figcaption>
</figure>
)",
        html_text(e.url), html_text(e.figure), e.width_px, e.height_px, html_text(e.alt));
}

} // namespace harmattan::app
