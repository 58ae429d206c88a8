/** The only door to the disk: named files under one root, with every durability rule called by name. */
@NullMarked
package org.almagest.storage.fs;

import org.jspecify.annotations.NullMarked;
