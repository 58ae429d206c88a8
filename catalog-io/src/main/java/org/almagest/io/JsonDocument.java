package org.almagest.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;

/**
 * The features of a JSON document: those in its {@code features}, the elements of an array, or the object itself; in a
 * file of several documents those of each. Holds one feature at a time.
 */
public final class JsonDocument implements JsonTexts {
    private static final String FEATURES = "features";
    private static final int NESTING_MAX = 2_000;

    private final SourceBytes bytes;
    private final long featureBytesMax;
    private final RecordedStream recorded;
    private final JsonParser parser;
    private Place place = Place.BETWEEN_DOCUMENTS;
    private byte[] buffer = new byte[0];
    private long line;

    private enum Place {
        BETWEEN_DOCUMENTS,
        IN_FEATURES,
        IN_ARRAY,
        END
    }

    /** Reads the features of {@code bytes}, each at most {@code jsonLineBytesMax} long. */
    public JsonDocument(SourceBytes bytes, Limits limits) {
        this.bytes = bytes;
        this.featureBytesMax = limits.jsonLineBytesMax();
        this.recorded = new RecordedStream(bytes, featureBytesMax);
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength((int) Math.min(featureBytesMax, Integer.MAX_VALUE))
                        .maxNumberLength(10_000)
                        .maxNestingDepth(NESTING_MAX)
                        .build())
                .build();
        try {
            this.parser = factory.createParser(recorded);
        } catch (IOException e) {
            throw SourceBytes.unreadable(bytes.file(), e);
        }
    }

    @Override
    public boolean advance() {
        Place before = place;
        place = Place.END; // unless the step below ends well
        try {
            return advance(before);
        } catch (JsonEOFException e) {
            throw refused(e, "unexpected end of file");
        } catch (JsonProcessingException e) {
            throw refused(e, e.getOriginalMessage().replaceFirst("(?s)( \\(start marker|\\n at ).*", ""));
        } catch (LimitExceededException e) {
            throw e.within(SourceRow.place(bytes.file(), line));
        } catch (IOException e) {
            throw SourceBytes.unreadable(bytes.file(), e);
        }
    }

    private InvalidRequestException refused(JsonProcessingException cause, String problem) {
        JsonLocation at = parser.currentLocation();
        return new InvalidRequestException(
                SourceRow.place(bytes.file(), at.getLineNr()),
                "json: " + problem + " [column " + at.getColumnNr() + "]",
                cause);
    }

    private boolean advance(Place before) throws IOException {
        Place now = before;
        while (now != Place.END) {
            if (now == Place.BETWEEN_DOCUMENTS) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return false;
                }
                line = parser.currentTokenLocation().getLineNr();
                if (token == JsonToken.START_ARRAY) {
                    now = Place.IN_ARRAY;
                } else if (token != JsonToken.START_OBJECT) {
                    throw new InvalidRequestException(
                            SourceRow.place(bytes.file(), line), "json: a bare value (expected an object or an array)");
                } else if (findFeatures()) {
                    now = Place.IN_FEATURES;
                } else {
                    place = Place.BETWEEN_DOCUMENTS;
                    return true;
                }
            } else if (parser.nextToken() == JsonToken.END_ARRAY) {
                if (now == Place.IN_FEATURES) {
                    skipRest();
                }
                now = Place.BETWEEN_DOCUMENTS;
            } else {
                takeFeature();
                place = now;
                return true;
            }
        }
        return false;
    }

    /** Goes through an object up to its features, then true; or to its end and takes it as a whole, then false. */
    private boolean findFeatures() throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        recorded.keepFrom(start);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean features = parser.currentName().equals(FEATURES);
            if (parser.nextToken() == JsonToken.START_ARRAY && features) {
                return true;
            }
            parser.skipChildren();
        }
        take(start);
        return false;
    }

    private void takeFeature() throws IOException {
        line = parser.currentTokenLocation().getLineNr();
        long start = parser.currentTokenLocation().getByteOffset();
        recorded.keepFrom(start);
        parser.skipChildren();
        take(start);
    }

    private void take(long start) throws IOException {
        parser.finishToken();
        long end = parser.currentLocation().getByteOffset();
        if (end - start > featureBytesMax) {
            throw new LimitExceededException("bytes", "jsonLineBytesMax", end - start, featureBytesMax);
        }
        buffer = recorded.slice(start, end);
    }

    /** Goes to the end of the object whose features were read. */
    private void skipRest() throws IOException {
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new JsonEOFException(parser, token, "end of file");
            }
            recorded.keepFrom(parser.currentTokenLocation().getByteOffset());
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return buffer.length;
    }

    @Override
    public long line() {
        return line;
    }
}
