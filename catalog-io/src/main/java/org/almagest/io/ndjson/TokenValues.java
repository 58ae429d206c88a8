package org.almagest.io.ndjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.geo.GeometryChecks;
import org.almagest.io.FieldText;
import org.almagest.io.JsonTexts;
import org.almagest.io.PlainPolygon;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.FieldType;
import org.almagest.schema.SimpleType;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Reads the values of fields from the tokens of one JSON text. One thread. */
final class TokenValues {
    private static final FieldType TIMESTAMP = new SimpleType(TypeKind.TIMESTAMP);

    private final Limits limits;
    private final FieldText texts;

    TokenValues(Limits limits) {
        this.limits = limits;
        this.texts = new FieldText(limits);
    }

    /** Returns the value at the parser's current token, which it leaves on the value's last one; null is unset. */
    @Nullable
    Object read(JsonParser parser, JsonTexts text, String subject, Field field) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!field.isArray()) {
            return scalar(parser, text, subject, field.type());
        }
        if (token != JsonToken.START_ARRAY) {
            throw refused(parser, subject, field.typeText());
        }
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element(parser, text, subject, field, elements.size()));
        }
        return elements;
    }

    private Object element(JsonParser parser, JsonTexts text, String subject, Field field, int index)
            throws IOException {
        String place = subject + ": element " + index;
        if (parser.currentToken() == JsonToken.VALUE_NULL && field.kind() != TypeKind.JSON) {
            throw new InvalidRequestException(place, "null (expected " + field.type() + ")");
        }
        return scalar(parser, text, place, field.type());
    }

    private Object scalar(JsonParser parser, JsonTexts text, String subject, FieldType type) throws IOException {
        TypeKind kind = type.kind();
        if (kind == TypeKind.JSON) {
            return json(parser, text, subject);
        }
        switch (parser.currentToken()) {
            case VALUE_STRING:
                return texts.parse(subject, parser.getText(), type);
            case VALUE_TRUE, VALUE_FALSE:
                if (kind == TypeKind.BOOL) {
                    return parser.getBooleanValue();
                }
                break;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
                return number(parser, subject, type);
            case START_OBJECT:
                if (kind == TypeKind.GEOMETRY) {
                    return geoJson(parser, text);
                }
                break;
            default:
                break;
        }
        throw refused(parser, subject, type.toString());
    }

    private Object number(JsonParser parser, String subject, FieldType type) throws IOException {
        boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        switch (type.kind()) {
            case FLOAT64, FLOAT32:
                if (whole && !isExact(parser, type.kind())) {
                    break;
                }
                return texts.parse(subject, parser.getText(), type);
            case INT64:
                if (whole && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                    return parser.getLongValue();
                }
                return texts.parse(subject, parser.getText(), type);
            case INT32, UINT64, DURATION:
                return texts.parse(subject, parser.getText(), type);
            case ENUM:
                if (whole && ((EnumType) type).numbered(parser.getLongValue()).isPresent()) {
                    return ((EnumType) type).numbered(parser.getLongValue()).get();
                }
                break;
            case TIMESTAMP:
                if (whole) {
                    return unixSeconds(parser, subject, type);
                }
                break;
            default:
                break;
        }
        throw refused(parser, subject, type.toString());
    }

    /** An integer is a float only when that loses nothing. */
    private static boolean isExact(JsonParser parser, TypeKind kind) throws IOException {
        if (kind == TypeKind.FLOAT64 && parser.getNumberType() == JsonParser.NumberType.INT) {
            return true;
        }
        BigDecimal value = parser.getDecimalValue();
        double nearest = kind == TypeKind.FLOAT64 ? value.doubleValue() : value.floatValue();
        return Double.isFinite(nearest) && new BigDecimal(nearest).compareTo(value) == 0;
    }

    private static Instant unixSeconds(JsonParser parser, String subject, FieldType type) throws IOException {
        try {
            return Instant.ofEpochSecond(parser.getLongValue());
        } catch (IOException | DateTimeException e) {
            throw new InvalidRequestException(
                    subject, "number " + Quoted.text(parser.getText()) + " (expected " + type + ")", e);
        }
    }

    /** Returns the instant at the current token. */
    @Nullable
    Instant time(JsonParser parser, String subject) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> (Instant) texts.parse(subject, parser.getText(), TIMESTAMP);
            case VALUE_NUMBER_INT -> unixSeconds(parser, subject, TIMESTAMP);
            default -> throw refused(parser, subject, "timestamp");
        };
    }

    /** Returns the geometry at the current token: an object of GeoJSON, or text in WKT. */
    @Nullable
    Geometry geometry(JsonParser parser, JsonTexts text) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> texts.geometry(parser.getText());
            case START_OBJECT -> geoJson(parser, text);
            default -> throw refused(parser, "geometry", "a GeoJSON object or WKT text");
        };
    }

    private Json json(JsonParser parser, JsonTexts text, String subject) throws IOException {
        try {
            return Json.parse(source(parser, text), limits);
        } catch (InvalidRequestException e) {
            throw e.within(subject);
        } catch (LimitExceededException e) {
            throw e.within(subject);
        }
    }

    private Geometry geoJson(JsonParser parser, JsonTexts text) throws IOException {
        int start = text.offset() + (int) parser.currentTokenLocation().getByteOffset();
        int end = skip(parser, text);
        Geometry plain = PlainPolygon.read(text.buffer(), start, end);
        if (plain != null) {
            GeometryChecks.check(plain, limits);
            return plain;
        }
        return GeoJsonGeometry.read(new String(text.buffer(), start, end - start, StandardCharsets.UTF_8), limits);
    }

    /** Returns the text of the current value as it stands in the file, and moves to its last token. */
    private static String source(JsonParser parser, JsonTexts text) throws IOException {
        int start = text.offset() + (int) parser.currentTokenLocation().getByteOffset();
        int end = skip(parser, text);
        return new String(text.buffer(), start, end - start, StandardCharsets.UTF_8);
    }

    /** Moves to the last token of the current value and returns where in the buffer it ends. */
    private static int skip(JsonParser parser, JsonTexts text) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return text.offset() + (int) parser.currentLocation().getByteOffset();
    }

    private static InvalidRequestException refused(JsonParser parser, String subject, String expected)
            throws IOException {
        String found = switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "text " + Quoted.text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number " + abbreviated(parser.getText());
            default -> parser.getText();
        };
        return new InvalidRequestException(subject, found + " (expected " + expected + ")");
    }

    private static String abbreviated(String literal) {
        return literal.length() <= Quoted.TEXT_MAX ? literal : literal.substring(0, Quoted.TEXT_MAX) + "…";
    }
}
