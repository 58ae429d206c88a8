package org.almagest.io;

import java.util.List;
import java.util.NoSuchElementException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;

/** Reads a file of JSON texts, each of which a mapping turns into a row. */
public final class JsonSourceReader implements SourceReader {
    private final SourceFormat format;
    private final SourceBytes bytes;
    private final JsonTexts texts;
    private final Mapping mapping;
    private Step step = Step.UNKNOWN;

    private enum Step {
        UNKNOWN,
        FOUND,
        END
    }

    /** Turns one text into a row; failures name the field and leave file and line to the reader. */
    public interface Mapping {
        /** Returns the row that the current text of {@code texts} holds. */
        Datapoint map(JsonTexts texts);

        /** Returns how wide edges of the last row's geometry are meant. */
        default AntimeridianRule antimeridian() {
            return AntimeridianRule.SHORT_WAY;
        }

        /** Returns the schema that all rows returned so far fit. */
        DatasetSchema schema();

        /** Returns what a person should know about the rows so far. */
        List<String> notices();
    }

    /** Reads {@code texts}, which come from {@code bytes}; closing closes the bytes. */
    public JsonSourceReader(SourceFormat format, SourceBytes bytes, JsonTexts texts, Mapping mapping) {
        this.format = format;
        this.bytes = bytes;
        this.texts = texts;
        this.mapping = mapping;
    }

    @Override
    public boolean hasNext() {
        if (step == Step.UNKNOWN) {
            try {
                step = texts.advance() ? Step.FOUND : Step.END;
            } catch (InvalidRequestException e) {
                step = Step.END;
                throw e;
            }
        }
        return step == Step.FOUND;
    }

    @Override
    public SourceRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        step = Step.UNKNOWN;
        try {
            Datapoint datapoint = mapping.map(texts);
            return new SourceRow(bytes.file(), texts.line(), datapoint, mapping.antimeridian());
        } catch (InvalidRequestException e) {
            throw e.within(SourceRow.place(bytes.file(), texts.line()));
        } catch (LimitExceededException e) {
            throw e.within(SourceRow.place(bytes.file(), texts.line()));
        }
    }

    @Override
    public String file() {
        return bytes.file();
    }

    @Override
    public SourceFormat format() {
        return format;
    }

    @Override
    public DatasetSchema schema() {
        return mapping.schema();
    }

    @Override
    public List<String> notices() {
        return mapping.notices();
    }

    @Override
    public long bytesRead() {
        return bytes.bytesRead();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
