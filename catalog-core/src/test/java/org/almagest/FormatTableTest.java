package org.almagest;

import org.almagest.testing.FormatTableContract;

class FormatTableTest extends FormatTableContract {}
