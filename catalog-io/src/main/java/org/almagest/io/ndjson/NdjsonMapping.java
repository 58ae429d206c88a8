package org.almagest.io.ndjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.FieldTargets;
import org.almagest.io.FieldTargets.Target;
import org.almagest.io.JsonSourceReader;
import org.almagest.io.JsonTexts;
import org.almagest.io.JsonTrees;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceOptions;
import org.almagest.io.Utf8;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/** Turns objects whose members are fields into rows. One thread. */
final class NdjsonMapping implements JsonSourceReader.Mapping {
    private static final int NUMBER_LENGTH_MAX = 10_000;
    private static final int NESTING_MAX = 1_000;

    private final DatasetSchema schema;
    private final SourceOptions options;
    private final Limits limits;
    private final FieldTargets targets;
    private final TokenValues values;
    private final Utf8 utf8 = new Utf8();
    private final JsonFactory factory;
    private final BitSet met = new BitSet();

    NdjsonMapping(DatasetSchema schema, SourceOptions options) {
        this.schema = schema;
        this.options = options;
        this.limits = options.limits();
        this.targets = new FieldTargets(schema, options);
        this.values = new TokenValues(limits);
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength((int) Math.min(limits.jsonLineBytesMax(), Integer.MAX_VALUE))
                        .maxNumberLength(NUMBER_LENGTH_MAX)
                        .maxNestingDepth(NESTING_MAX)
                        .build())
                .build();
    }

    @Override
    public Datapoint map(JsonTexts text) {
        utf8.check(text);
        met.clear();
        Datapoint.Builder row = Datapoint.builder();
        options.fixedTime().ifPresent(row::time);
        try (JsonParser parser = factory.createParser(text.buffer(), text.offset(), text.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(text, "expected an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                readMember(parser, text, row);
            }
            if (parser.nextToken() != null) {
                throw malformed(text, "more than one value in a line");
            }
        } catch (JsonProcessingException e) {
            throw malformed(text, e.getOriginalMessage());
        } catch (IOException e) {
            throw SourceBytes.unreadable("json", e);
        }
        Datapoint datapoint = row.build();
        if (!datapoint.hasTime()) {
            throw new InvalidRequestException(
                    "field \"" + options.timeField().orElse(DatasetSchema.TIME) + "\"",
                    "unset (every row needs a time)");
        }
        return datapoint;
    }

    private void readMember(JsonParser parser, JsonTexts text, Datapoint.Builder row) throws IOException {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (!targets.knows(name) && isUnset(parser, token)) {
            return;
        }
        Target target = targets.target(name);
        if (met.get(target.ordinal())) {
            throw new InvalidRequestException(target.subject(), "given twice");
        }
        met.set(target.ordinal());
        switch (target.role()) {
            case IGNORED -> parser.skipChildren();
            case TIME -> {
                var time = values.time(parser, target.subject());
                if (time != null) {
                    row.time(time);
                }
            }
            case GEOMETRY -> {
                var geometry = token == JsonToken.VALUE_NULL ? null : values.geometry(parser, text);
                if (geometry != null) {
                    row.geometry(geometry);
                }
            }
            case FIELD -> {
                Field field = target.field();
                assert field != null : target;
                row.set(field.name(), values.read(parser, text, target.subject(), field));
            }
        }
    }

    /** Without a field nothing is lost where there is nothing to store; an array that has elements is refused next. */
    private static boolean isUnset(JsonParser parser, JsonToken token) throws IOException {
        return token == JsonToken.VALUE_NULL
                || token == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.END_ARRAY;
    }

    /** Says what is wrong in the words of the strict reader, which refuses all that the fast one refuses. */
    private InvalidRequestException malformed(JsonTexts text, String otherwise) {
        JsonTrees.object(text, limits);
        return new InvalidRequestException("json", otherwise);
    }

    @Override
    public DatasetSchema schema() {
        return schema;
    }

    @Override
    public List<String> notices() {
        return List.of();
    }
}
