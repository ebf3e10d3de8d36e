/** The Java of the docs; out of the packages of the shop, which looks for its beans there. */
@NullMarked
package dev.larder.examples.docs;

import org.jspecify.annotations.NullMarked;
