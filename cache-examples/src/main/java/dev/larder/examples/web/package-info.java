/** A web shop in plain servlets, whose users stay logged in on every instance. */
@NullMarked
package dev.larder.examples.web;

import org.jspecify.annotations.NullMarked;
