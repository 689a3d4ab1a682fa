#include "render/print/picture_gatherer.hpp"

#include "render/raster/blend.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace harmattan::render {

namespace {

struct Box {
    std::int64_t left = std::numeric_limits<std::int64_t>::max(), top = left,
                 right = std::numeric_limits<std::int64_t>::min(), bottom = right;
    bool touches(const Box& o) const {
        return left <= o.right && o.left <= right && top <= o.bottom && o.top <= bottom;
    }
    void add(const Box& o) {
        left = std::min(left, o.left), top = std::min(top, o.top);
        right = std::max(right, o.right), bottom = std::max(bottom, o.bottom);
    }
};

// For every box the lowest index of those it hangs together with.
std::vector<std::size_t> find_groups(const std::vector<Box>& boxes) {
    std::vector<std::size_t> parent(boxes.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (boxes[i].touches(boxes[k])) {
                const std::size_t a = root(i), b = root(k);
                parent[std::max(a, b)] = std::min(a, b);
            }
    for (std::size_t i = 0; i < boxes.size(); ++i) parent[i] = root(i);
    return parent;
}

} // namespace

void PictureGatherer::add(std::int64_t x, std::int64_t y, ImageView picture) {
    if (picture.width <= 0 || picture.height <= 0) return;
    Placed placed{x, y, {picture.width, picture.height, {}}};
    placed.image.pixels.reserve(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
    for (int row = 0; row < picture.height; ++row)
        placed.image.pixels.insert(placed.image.pixels.end(), picture.row(row), picture.row(row) + picture.width);
    m_pictures.push_back(std::move(placed));
}

void PictureGatherer::flush(const std::function<void(std::int64_t, std::int64_t, ImageView)>& visit) {
    std::vector<Placed> pictures;
    pictures.swap(m_pictures);
    std::vector<Box> boxes;
    for (const Placed& p : pictures) boxes.push_back({p.x, p.y, p.x + p.image.width, p.y + p.image.height});
    const std::vector<std::size_t> group = find_groups(boxes);
    for (std::size_t first = 0; first < pictures.size(); ++first) {
        if (group[first] != first) continue;
        std::vector<std::size_t> members;
        Box all;
        for (std::size_t i = first; i < pictures.size(); ++i)
            if (group[i] == first) {
                members.push_back(i);
                all.add(boxes[i]);
            }
        const std::int64_t width = all.right - all.left, height = all.bottom - all.top;
        if (members.size() == 1 || width > max_side || height > max_side || width * height > max_pixels) {
            for (const std::size_t i : members) visit(pictures[i].x, pictures[i].y, view_of(pictures[i].image));
            continue;
        }
        Image whole{static_cast<int>(width), static_cast<int>(height),
                    std::vector<std::uint32_t>(static_cast<std::size_t>(width * height))};
        for (const std::size_t i : members) {
            Image& part = pictures[i].image;
            std::uint32_t* to = whole.pixels.data() + (pictures[i].y - all.top) * width + (pictures[i].x - all.left);
            for (int row = 0; row < part.height; ++row)
                over_pixels(to + row * width, part.pixels.data() + static_cast<std::ptrdiff_t>(row) * part.width,
                            part.width);
            part = {};
        }
        visit(all.left, all.top, view_of(whole));
    }
}

} // namespace harmattan::render
