package org.almagest.io.stac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.SharedFiles;
import org.almagest.io.Sources;
import org.almagest.model.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StacCollectionTest {
    @TempDir
    Path folder;

    @Test
    void readsRealCollections() {
        StacCollection naip = StacCollection.read(
                        SharedFiles.file("stac/pgstac-naip-collection.json"), Limits.defaults())
                .get(0);
        assertEquals("naip", naip.id());
        assertEquals("stac.naip", naip.slug());
        List<StacCollection> listed =
                StacCollection.read(SharedFiles.file("stac/pgstac-collections.ndjson"), Limits.defaults());
        assertEquals("stac.pgstac_test_collection", listed.get(0).slug());
        assertEquals("pgstac-test-collection2", listed.get(1).id());
    }

    @Test
    void readsTheListThatAnApiServes() throws IOException {
        String one = "{\"type\":\"Collection\",\"id\":\"Sentinel-2 L2A\",\"extent\":{}}";
        Path file = Sources.file(folder, "a.json", "{\"collections\":[" + one + "],\"links\":[]}");
        assertEquals(
                "stac.sentinel_2_l2a",
                StacCollection.read(file, Limits.defaults()).get(0).slug());
    }

    @Test
    void refusesWhatIsNoCollection() throws IOException {
        Path file = Sources.file(folder, "a.json", "{\"type\":\"Feature\",\"id\":\"a\",\"extent\":{}}");
        InvalidRequestException refused =
                assertThrows(InvalidRequestException.class, () -> StacCollection.read(file, Limits.defaults()));
        assertEquals(
                file + ": line 1: json: no STAC Collection (expected text id and an extent)", refused.getMessage());
    }
}
