package org.almagest.io.stac.transaction;

import org.almagest.Collection;
import org.almagest.io.stac.names.Place;

/**
 * The collection whose items are to be changed, by somebody who may.
 *
 * @param place where it is
 * @param collection the collection itself
 */
record Target(Place place, Collection collection) {}
