package org.almagest.io.synthetic;

import java.util.List;

/** Spells the assets of a wide row, about 20 kB, as canonical JSON text. */
final class AssetsText {
    private static final List<String> BANDS = List.of(
            "AOT", "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B8A", "CLD",
            "SCL", "SNW", "TCI", "VIS", "WVP");
    private static final int CHARACTERS = 22_000;
    private static final int TILE_METRES = 109_800;

    /** Members in canonical order; {@code $} stands for the next argument. */
    private static final String ASSET = "\"$\":{\"eo:bands\":[{\"center_wavelength\":0.$,\"common_name\":\"band$\","
            + "\"description\":\"Spectral band $ of the multispectral instrument, atmospherically corrected surface"
            + " reflectance\",\"full_width_half_max\":0.0$,\"name\":\"$\"}],\"file:checksum\":\"1220$$$\","
            + "\"file:size\":$,\"gsd\":$,\"href\":\"https://granules.example.org/archive/$/IMG_DATA/R$m/$_$_$m.jp2\","
            + "\"proj:bbox\":[$,$,$,$],\"proj:shape\":[$,$],\"proj:transform\":[$,0,$,0,-$,$,0,0,1],"
            + "\"raster:bands\":[{\"data_type\":\"uint16\",\"nodata\":0,\"offset\":-0.1,\"scale\":0.0001,"
            + "\"spatial_resolution\":$,\"statistics\":{\"maximum\":$,\"mean\":$,\"minimum\":$,\"stddev\":$},"
            + "\"unit\":\"reflectance\"}],\"roles\":[\"data\",\"reflectance\"],\"title\":\"Surface reflectance, band $,"
            + " ground sampling distance $ m, cloud-optimised pyramid with internal overviews\","
            + "\"type\":\"image/jp2; profile=cloud-optimized\"}";

    private AssetsText() {}

    static String canonical(String name, String checksum, CounterRandom random) {
        StringBuilder out = new StringBuilder(CHARACTERS).append('{');
        for (String band : BANDS) {
            out.append(out.length() > 1 ? "," : "");
            append(out, band, name, checksum, random);
        }
        return out.append('}').toString();
    }

    private static void append(StringBuilder out, String band, String name, String checksum, CounterRandom random) {
        int metres = 10 * (1 + random.below(6));
        int pixels = TILE_METRES / metres;
        int west = 100 * (1_000 + random.below(9_000));
        int north = 1_000 * (1_000 + random.below(9_000));
        int wavelength = 400 + random.below(600) | 1; // odd: a trailing zero would not be canonical
        int halfMaximum = 20 + random.below(70) | 1;
        String digest = Long.toHexString(random.next() | Long.MIN_VALUE);
        String digestEnd = Long.toHexString(random.next() | Long.MIN_VALUE);
        int bytes = 1_000_000 + random.below(90_000_000);
        int maximum = 10_000 + random.below(8_000);
        int mean = 1_000 + random.below(3_000);
        int minimum = random.below(900);
        int deviation = 100 + random.below(900);
        Object[] arguments = {
            band,
            wavelength,
            band,
            band,
            halfMaximum,
            band,
            checksum,
            digest,
            digestEnd,
            bytes,
            metres,
            name,
            metres,
            name,
            band,
            metres,
            west,
            north - TILE_METRES,
            west + TILE_METRES,
            north,
            pixels,
            pixels,
            metres,
            west,
            metres,
            north,
            metres,
            maximum,
            mean,
            minimum,
            deviation,
            band,
            metres
        };
        int argument = 0;
        for (int i = 0; i < ASSET.length(); i++) {
            char c = ASSET.charAt(i);
            if (c == '$') {
                out.append(arguments[argument++]);
            } else {
                out.append(c);
            }
        }
        assert argument == arguments.length : argument;
    }
}
