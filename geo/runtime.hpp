#pragma once
// What the libraries force to be global, in one object: made first in main (and in a test's main), destroyed last.

namespace harmattan::geo {

/// Clears the environment of what could change results (GDAL_*, OGR_*, PROJ_*, VIPS_*, CPL_*), registers only the
/// drivers of the allow-list, forbids PROJ's network and GDAL's virtual file systems, and pins the C locale for
/// numbers. One object a process, before any thread.
class Runtime {
public:
    Runtime();
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;
};

} // namespace harmattan::geo
