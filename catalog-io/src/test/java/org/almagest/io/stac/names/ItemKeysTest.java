package org.almagest.io.stac.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.api.Test;

class ItemKeysTest {
    @Test
    void anIdIsTheKeyInTheOneWayOfWritingIt() {
        assertEquals(Optional.of(" a/b "), keys(Field.string("k")).key(" a/b "));
        assertEquals(Optional.of(-7L), keys(Field.int64("k")).key("-7"));
        assertEquals(
                Optional.of(Uint64.parse("18446744073709551615")),
                keys(Field.uint64("k")).key("18446744073709551615"));
        UUID uuid = new UUID(3, 4);
        assertEquals(Optional.of(uuid), keys(Field.uuid("k")).key(uuid.toString()));
    }

    @Test
    void otherTextsMeanNoKey() {
        for (String text : List.of("", "+7", "07", "7.0", "x", "-0", "9223372036854775808")) {
            assertEquals(Optional.empty(), keys(Field.int64("k")).key(text), text);
        }
        for (String text : List.of("-1", "18446744073709551616", "00", "x")) {
            assertEquals(Optional.empty(), keys(Field.uint64("k")).key(text), text);
        }
        String uuid = "00000000-0000-000A-0000-000000000004";
        assertEquals(Optional.empty(), keys(Field.uuid("k")).key(uuid));
        assertEquals(Optional.empty(), keys(Field.uuid("k")).key("0-0-3-0-4"));
        assertEquals(Optional.empty(), keys(Field.string("k")).datapointId(uuid.toLowerCase(java.util.Locale.ROOT)));
    }

    @Test
    void withoutKeyTheIdOfTheDatapointIsMeant() {
        ModelCatalog catalog = new ModelCatalog(CatalogOptions.defaults());
        Collection rows = catalog.createDataset(
                        DatasetSpec.of("d", DatasetSchema.temporal().build()))
                .createCollection("c");
        rows.ingest(List.of(Datapoint.at(Instant.EPOCH).build()));
        Datapoint row = rows.latest(1).get(0);
        ItemKeys keys = ItemKeys.of(rows.dataset().schema());
        DatapointId id = row.id().orElseThrow();
        assertEquals(id.toString(), keys.text(row));
        assertEquals(Optional.of(id), keys.datapointId(id.toString()));
        assertEquals(Optional.empty(), keys.key(id.toString()));
        assertEquals(Optional.empty(), keys.datapointId(id.toString().replace("-", "")));
        assertEquals(Optional.empty(), keys.datapointId("x"));
    }

    private static ItemKeys keys(Field key) {
        return ItemKeys.of(DatasetSchema.temporal().field(key).key("k").build());
    }
}
