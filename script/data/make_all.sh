#!/bin/bash
# Makes every file under data/region and data/demo anew and checks them. For maintainers; set-up does not need it.
#
#   script/data/make_all.sh [FOLDER]        (FOLDER: where the packages are kept; default build/data_sources)
#
# Needs: gdal-bin, python3, and what fetch_sources.sh needs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-build/data_sources}
"$here/fetch_sources.sh" "$folder"
sources=$(cd "$folder/unpacked" && pwd)
"$here/make_admin.py" "$sources"
"$here/make_water.py" "$sources"
"$here/make_surroundings.py" "$sources"
"$here/make_places.py" "$sources"
"$here/make_corridors.py"
"$here/make_manifest.py"
"$here/make_demo_incidents.py"
"$here/check_region.py"
