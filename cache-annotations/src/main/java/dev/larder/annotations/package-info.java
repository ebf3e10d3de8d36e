/** The annotations of JSR-107 in plain Java: proxies, and the engine that adapters to containers share. */
@NullMarked
package dev.larder.annotations;

import org.jspecify.annotations.NullMarked;
