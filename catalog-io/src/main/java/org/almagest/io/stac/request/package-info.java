/** What a search asks for, read from parameters or a body; not for users. */
@NullMarked
package org.almagest.io.stac.request;

import org.jspecify.annotations.NullMarked;
