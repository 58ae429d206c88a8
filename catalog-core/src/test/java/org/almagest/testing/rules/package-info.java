/** The written rules of the code, as tests that every module runs. */
@NullMarked
package org.almagest.testing.rules;

import org.jspecify.annotations.NullMarked;
