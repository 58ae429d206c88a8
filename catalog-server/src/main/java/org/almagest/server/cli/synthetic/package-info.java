/** Commands around synthetic granules: files of them, and a store to try things on. */
@NullMarked
package org.almagest.server.cli.synthetic;

import org.jspecify.annotations.NullMarked;
