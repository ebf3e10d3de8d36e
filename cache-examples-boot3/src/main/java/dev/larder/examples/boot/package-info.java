/** A shop with Spring Boot and Spring Security, whose sessions are kept by Larder: users stay logged in on every instance. */
@NullMarked
package dev.larder.examples.boot;

import org.jspecify.annotations.NullMarked;
