package org.almagest.io.synthetic;

import java.util.List;

/**
 * One satellite of the generator and the product it delivers.
 *
 * @param platform the name users filter by
 * @param prefix what its granule names begin with
 * @param productType what it delivers
 * @param orbit how it flies
 * @param widthKm smallest and largest extent of a footprint across the track
 * @param lengthKm smallest and largest extent of a footprint along the track
 * @param polarizations the sets a radar alternates between; empty for a camera, which reports cloud cover instead
 */
record Satellite(
        String platform,
        String prefix,
        String productType,
        Orbit orbit,
        double[] widthKm,
        double[] lengthKm,
        List<List<String>> polarizations) {
    private static final List<List<String>> RADAR_MODES =
            List.of(List.of("VV"), List.of("VV", "VH"), List.of("HH"), List.of("HH", "HV"));

    /** The fleet: three cameras and two radars with the orbits of their models. */
    static final List<Satellite> FLEET = List.of(
            sentinel2("sentinel-2a", "S2A_MSIL2A", 0.0),
            sentinel2("sentinel-2b", "S2B_MSIL2A", 0.5),
            new Satellite(
                    "landsat-8",
                    "LC08_L2SP",
                    "L2SP",
                    new Orbit(98.22, 98.9, 22.2, 0.25),
                    new double[] {100, 185},
                    new double[] {100, 180},
                    List.of()),
            sentinel1("sentinel-1a", "S1A_IW_GRDH", 0.0),
            sentinel1("sentinel-1b", "S1B_IW_GRDH", 0.5));

    private static Satellite sentinel2(String platform, String prefix, double phase) {
        Orbit orbit = new Orbit(98.62, 100.6, 22.5, phase);
        double[] extent = {100, 290};
        return new Satellite(platform, prefix, "S2MSI2A", orbit, extent, extent, List.of());
    }

    private static Satellite sentinel1(String platform, String prefix, double phase) {
        Orbit orbit = new Orbit(98.18, 98.6, 18.0, phase);
        double[] width = {240, 260};
        double[] length = {165, 215};
        return new Satellite(platform, prefix, "IW_GRDH_1S", orbit, width, length, RADAR_MODES);
    }

    boolean isRadar() {
        return !polarizations.isEmpty();
    }

    /** Returns the name of the collection that its granules belong to. */
    String collection() {
        return prefix;
    }
}
