package org.almagest.io.stac.collection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonTrees;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.names.Place;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Names;

/** The document of a collection as a client sends it: checked, and without what the API makes itself. */
final class CollectionDocument {
    private static final String ID = "/id";

    private CollectionDocument() {}

    /**
     * Returns the id of a new collection.
     *
     * @throws ProblemException if no collection can be made of it
     */
    static String newId(JsonObject document) {
        if (!(document.member("id") instanceof JsonString text)) {
            throw ProblemException.invalid(ID, "no text (expected an id)");
        }
        String id = text.value();
        if (id.indexOf('~') >= 0 || id.indexOf('/') >= 0) {
            throw ProblemException.invalid(ID, Quoted.text(id) + " (expected neither ~ nor /)");
        }
        try {
            Names.checkCollectionName(id);
            StacCollection.slug(id);
        } catch (InvalidRequestException | LimitExceededException e) {
            throw ProblemException.invalid(ID, e.getMessage());
        }
        return id;
    }

    /**
     * Checks that a document is of a collection.
     *
     * @throws ProblemException if it has another id
     */
    static void checkId(JsonObject document, Place place) {
        boolean same = document.member("id") instanceof JsonString id && place.isNamed(id.value());
        if (!same) {
            throw ProblemException.invalid(
                    ID, "another id than that of the address (expected " + Quoted.text(place.stacId()) + ")");
        }
    }

    /** Returns what a collection without a document is patched as. */
    static JsonObject minimal(String id) {
        String whole = "{\"spatial\":{\"bbox\":[[-180,-90,180,90]]},\"temporal\":{\"interval\":[[null,null]]}}";
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("type", new JsonString("Collection"));
        members.put("id", new JsonString(id));
        members.put("extent", JsonReader.read(whole, JsonLimits.of(whole.length(), 5)));
        return new JsonObject(members);
    }

    /**
     * Returns the document that is kept.
     *
     * @param id the id that it states
     * @throws ProblemException if it is no STAC Collection
     */
    static Json stored(JsonObject document, String id) {
        boolean isCollection = document.member("type") instanceof JsonString type
                && type.value().equals("Collection");
        if (!isCollection) {
            throw ProblemException.invalid("/type", "not \"Collection\"");
        }
        if (!(document.member("extent") instanceof JsonObject)) {
            throw ProblemException.invalid("/extent", "no object (expected spatial and temporal)");
        }
        Map<String, JsonValue> members = new LinkedHashMap<>(document.members());
        members.put("id", new JsonString(id));
        members.remove("itemCount");
        if (members.get("links") instanceof JsonArray links) {
            List<JsonValue> kept = links.elements().stream()
                    .filter(link -> !CollectionView.isGenerated(link))
                    .toList();
            members.put("links", new JsonArray(kept));
        }
        Limits limits = Limits.defaults();
        Json json = JsonTrees.json(new JsonObject(members), limits);
        Limits.check("document: bytes", "collectionBodyBytesMax", json.text().length(), limits.documentBytesMax());
        return json;
    }
}
