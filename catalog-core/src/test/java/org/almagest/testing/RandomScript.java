package org.almagest.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.Json;
import org.almagest.model.OnInvalid;
import org.almagest.query.Query;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/** Draws scripts: everything that happens to a catalog in one round. */
final class RandomScript {
    private static final List<String> SLUGS = List.of("a.first", "b.second");
    private static final List<String> NAMES = List.of("x", "y", "\u00e9");
    private static final int ROWS_REMEMBERED = 60;

    private final SplittableRandom random;
    private final RandomContent content;
    private final boolean quarantine;
    private final Map<String, DatasetSchema> schemas = new HashMap<>();
    private final Map<String, List<Datapoint>> remembered = new HashMap<>();
    private final List<ScriptOperation> script = new ArrayList<>();

    private RandomScript(SplittableRandom random, boolean quarantine) {
        this.random = random;
        this.content = new RandomContent(random);
        this.quarantine = quarantine;
    }

    static List<ScriptOperation> draw(SplittableRandom random, int steps, boolean quarantine) {
        RandomScript drawn = new RandomScript(random, quarantine);
        for (String slug : SLUGS) {
            drawn.create(slug);
        }
        while (drawn.script.size() < steps) {
            drawn.script.add(drawn.step());
        }
        drawn.script.add(new ScriptOperation.ReadHeld());
        drawn.script.add(new ScriptOperation.Infos());
        drawn.script.add(new ScriptOperation.Ask(
                new ScriptOperation.Scope(null, List.of()), Query.allTime().build(), 0));
        return drawn.script;
    }

    private void create(String slug) {
        DatasetSpec spec = content.spec(slug);
        schemas.put(slug, spec.schema());
        remembered.put(slug, new ArrayList<>());
        script.add(new ScriptOperation.CreateDataset(spec));
        script.add(new ScriptOperation.CreateCollection(slug, NAMES.get(0)));
    }

    private ScriptOperation step() {
        String slug = content.one(SLUGS);
        return switch (random.nextInt(24)) {
            case 0 -> new ScriptOperation.CreateCollection(slug, content.one(NAMES));
            case 1 -> addField(slug);
            case 2 ->
                new ScriptOperation.PutDocument(
                        slug, content.one(NAMES), Json.parse("{\"n\":" + random.nextInt(3) + "}"));
            case 3 -> new ScriptOperation.Infos();
            case 4 -> new ScriptOperation.FindNth(slug, random.nextInt(1_000));
            case 5 -> new ScriptOperation.FindKey(slug, key(slug));
            case 6 -> new ScriptOperation.Hold(scope(slug), query(slug));
            case 7 -> new ScriptOperation.ReadHeld();
            case 8, 9 -> new ScriptOperation.Flush();
            case 10 -> new ScriptOperation.Reopen();
            case 11, 12, 13, 14, 15, 16 -> ingest(slug);
            default -> new ScriptOperation.Ask(scope(slug), query(slug), content.one(List.of(0L, 0L, 1L, 3L, 100L)));
        };
    }

    private ScriptOperation addField(String slug) {
        Field field = content.field();
        DatasetSchema schema = schemas.get(slug);
        if (schema.field(field.name()).isEmpty()) {
            schemas.put(slug, schema.toBuilder().field(field).build());
        }
        return new ScriptOperation.AddField(slug, field);
    }

    private Object key(String slug) {
        boolean text = schemas.get(slug)
                .key()
                .map(field -> field.typeText().equals("string"))
                .orElse(false);
        int key = random.nextInt(60);
        return text ? "key-" + key : (Object) key;
    }

    private ScriptOperation ingest(String slug) {
        List<Datapoint> before = remembered.get(slug);
        List<Datapoint> rows = new ArrayList<>();
        for (int i = content.one(List.of(1, 1, 2, 5, 20)); i > 0; i--) {
            if (before.isEmpty() || random.nextInt(3) > 0) {
                Datapoint row = content.row(schemas.get(slug));
                rows.add(row);
                if (before.size() < ROWS_REMEMBERED) {
                    before.add(row);
                } else {
                    before.set(random.nextInt(ROWS_REMEMBERED), row);
                }
            } else {
                rows.add(content.one(before));
            }
        }
        IngestMode mode = content.oneIn(5) ? IngestMode.REFUSE_EXISTING : IngestMode.SKIP_EXISTING;
        IngestOptions options = IngestOptions.of(mode);
        return new ScriptOperation.Ingest(
                slug,
                content.one(NAMES.subList(0, 2)),
                quarantine && content.oneIn(3) ? options.with(OnInvalid.QUARANTINE) : options,
                rows);
    }

    private ScriptOperation.Scope scope(String slug) {
        return switch (random.nextInt(6)) {
            case 0 -> new ScriptOperation.Scope(null, List.of());
            case 1, 2 -> new ScriptOperation.Scope(slug, List.of());
            case 3 ->
                new ScriptOperation.Scope(
                        slug,
                        Stream.concat(
                                        NAMES.subList(0, 2).stream(),
                                        NAMES.stream().limit(1))
                                .toList());
            default -> new ScriptOperation.Scope(slug, List.of(NAMES.get(0)));
        };
    }

    private Query query(String slug) {
        List<DatasetSchema> scope = content.oneIn(4) ? List.copyOf(schemas.values()) : List.of(schemas.get(slug));
        return new RandomQueries(content, scope).query();
    }
}
