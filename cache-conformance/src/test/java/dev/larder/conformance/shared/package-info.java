/** What caches of several managers do that share a store; each manager stands for a JVM. */
@NullMarked
package dev.larder.conformance.shared;

import org.jspecify.annotations.NullMarked;
