package org.almagest.io.stac;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.FieldNames;
import org.almagest.io.JsonDocument;
import org.almagest.io.JsonTrees;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceRow;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Names;
import org.almagest.schema.DatasetSchema;

/**
 * A STAC Collection: what dataset and collection its items go to, and the document to keep.
 *
 * @param id its id, the name of the collection
 * @param slug the slug of the dataset: {@code stac.} and the id in snake case
 * @param document the document as it stands, canonical
 */
public record StacCollection(String id, String slug, Json document) {
    private static final String GROUP = "stac.";

    /** Returns the schema that a dataset of STAC items begins with. */
    public static DatasetSchema schema() {
        return StacTypes.begin();
    }

    /**
     * Returns the slug of the dataset for a collection.
     *
     * @throws InvalidRequestException if no slug can be made of the id
     */
    public static String slug(String collectionId) {
        return GROUP
                + FieldNames.snakeCase(collectionId)
                        .orElseThrow(() -> new InvalidRequestException(
                                "collection " + Quoted.text(collectionId),
                                "no slug can be made of its id (expected letters a to z and digits; name a dataset)"));
    }

    /**
     * Reads the collections of a file: one, several after each other or a line each, an array, or a list of collections
     * as the API serves it.
     *
     * @throws InvalidRequestException if one is no STAC Collection, or its id no name for a collection
     */
    public static List<StacCollection> read(Path path, Limits limits) {
        List<StacCollection> collections = new ArrayList<>();
        try (SourceBytes bytes = SourceBytes.open(path)) {
            JsonDocument document = new JsonDocument(bytes, limits);
            while (document.advance()) {
                try {
                    add(collections, JsonTrees.object(document, limits), limits);
                } catch (InvalidRequestException e) {
                    throw e.within(SourceRow.place(bytes.file(), document.line()));
                } catch (LimitExceededException e) {
                    throw e.within(SourceRow.place(bytes.file(), document.line()));
                }
            }
        }
        return collections;
    }

    private static void add(List<StacCollection> collections, JsonObject object, Limits limits) {
        if (object.member("collections") instanceof JsonArray listed && object.member("id") == null) {
            for (JsonValue element : listed.elements()) {
                if (!(element instanceof JsonObject collection)) {
                    throw new InvalidRequestException("collections", element.kindName() + " (expected an object)");
                }
                collections.add(of(collection, limits));
            }
        } else {
            collections.add(of(object, limits));
        }
    }

    /**
     * Returns the collection that an object is.
     *
     * @throws InvalidRequestException if it is no STAC Collection, or its id no name for a collection
     */
    public static StacCollection of(JsonObject object, Limits limits) {
        boolean typed = !(object.member("type") instanceof JsonString type)
                || type.value().equals("Collection");
        if (!typed || !(object.member("id") instanceof JsonString id) || object.member("extent") == null) {
            throw new InvalidRequestException("json", "no STAC Collection (expected text id and an extent)");
        }
        Names.checkCollectionName(id.value());
        Json document = JsonTrees.json(object, limits);
        Limits.check("document: bytes", "documentBytesMax", document.text().length(), limits.documentBytesMax());
        return new StacCollection(id.value(), slug(id.value()), document);
    }
}
