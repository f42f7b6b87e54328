package org.medvilam.pipelines.stores;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.jspecify.annotations.Nullable;

/**
 * The JSON API of Google's storage, as far as Beam and Google's client use it: objects, listing by
 * page and delimiter, resumable uploads, rewrites, deletion, batches. Objects are in memory.
 */
final class GcsServer implements StorageServer {
  private static final String BUCKET = "bucket";
  private static final String API = "/storage/v1/b/" + BUCKET + "/o";
  private static final String UPLOAD = "/upload" + API;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong(1);
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicInteger listings = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Predicate<String> drop = name -> false;
  private volatile boolean refuse;
  private final AtomicInteger refused = new AtomicInteger();
  private volatile @Nullable String unreadable;

  /** What came of an upload that is not complete yet. */
  private record Upload(String name, ByteArrayOutputStream data, AtomicInteger attempts) {}

  /** What is answered. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(int status, byte[] body, Map<String, String> headers) {
    static Answer json(Object value) throws IOException {
      return new Answer(
          200, JSON.writeValueAsBytes(value), Map.of("Content-Type", "application/json"));
    }

    static Answer error(int status) throws IOException {
      ObjectNode error = JSON.createObjectNode();
      error.putObject("error").put("code", status).put("message", "status " + status);
      return new Answer(status, JSON.writeValueAsBytes(error), Map.of());
    }
  }

  GcsServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public String root() {
    return "gs://" + BUCKET;
  }

  @Override
  public List<String> flags() {
    return List.of(
        "--gcsEndpoint=" + url() + "/storage/v1/",
        "--project=none",
        "--credentialFactoryClass=" + NoopCredentialFactory.class.getName());
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * From now on, the first connection of an upload of such a name is dropped in the middle.
   *
   * @param forGood whether what the client then tries is refused
   */
  void dropUploads(Predicate<String> names, boolean forGood) {
    drop = names;
    refuse = forGood;
  }

  /**
   * From now on, who asks for the bytes of an object is refused, which clients do not try again:
   * they would for minutes.
   *
   * @param name the object, or null for none
   * @param times how often, and never again
   */
  void refuseReads(@Nullable String name, int times) {
    refused.set(times);
    unreadable = name;
  }

  /** Returns how many reads are still to be refused. */
  int readsToRefuse() {
    return refused.get();
  }

  /** Returns the number of connections dropped. */
  int dropped() {
    return dropped.get();
  }

  /** Returns the number of pages listed so far. */
  int listings() {
    return listings.get();
  }

  /** Puts an object there. */
  void put(String name, byte[] data) {
    objects.put(name, data);
  }

  /** Returns the names of all objects. */
  NavigableSet<String> names() {
    return objects.navigableKeySet();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      if (answer == null) {
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    if (uri.getRawPath().startsWith(UPLOAD)) {
      return upload(exchange, query(uri));
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (uri.getPath().startsWith("/batch")) {
      return batch(new String(body, StandardCharsets.UTF_8));
    }
    boolean bytes = "media".equals(query(uri).get("alt"));
    if (bytes && uri.getPath().endsWith("/o/" + unreadable) && refused.getAndDecrement() > 0) {
      return Answer.error(403);
    }
    return answer(exchange.getRequestMethod(), uri, exchange.getRequestHeaders().getFirst("Range"));
  }

  private Answer answer(String method, URI uri, String range) throws IOException {
    Map<String, String> query = query(uri);
    String path = uri.getRawPath().replaceFirst("^/download", "");
    if (path.equals("/storage/v1/b/" + BUCKET)) {
      return Answer.json(JSON.createObjectNode().put("kind", "storage#bucket").put("name", BUCKET));
    }
    if (!path.startsWith(API)) {
      return Answer.error(404);
    }
    if (path.equals(API)) {
      return Answer.json(list(query));
    }
    String[] names = path.substring(API.length() + 1).split("/rewriteTo/b/" + BUCKET + "/o/", 2);
    String name = decode(names[0]);
    byte[] data = objects.get(name);
    if (data == null) {
      return Answer.error(404);
    }
    if (names.length == 2) {
      return rewrite(data, decode(names[1]));
    }
    if (method.equals("DELETE")) {
      objects.remove(name);
      return new Answer(204, new byte[0], Map.of());
    }
    return "media".equals(query.get("alt")) ? media(data, range) : Answer.json(object(name, data));
  }

  private Answer rewrite(byte[] data, String to) throws IOException {
    objects.put(to, data);
    ObjectNode done = JSON.createObjectNode().put("done", true);
    done.put("objectSize", Integer.toString(data.length));
    done.put("totalBytesRewritten", Integer.toString(data.length));
    done.set("resource", object(to, data));
    return Answer.json(done);
  }

  private static Answer media(byte[] data, String range) {
    if (range == null) {
      return new Answer(200, data, Map.of());
    }
    String[] ends = range.replace("bytes=", "").split("-", -1);
    int from = Integer.parseInt(ends[0]);
    int to =
        ends[1].isEmpty() ? data.length : (int) Math.min(data.length, Long.parseLong(ends[1]) + 1);
    if (from >= data.length) {
      return new Answer(416, new byte[0], Map.of("Content-Range", "bytes */" + data.length));
    }
    return new Answer(
        206,
        Arrays.copyOfRange(data, from, to),
        Map.of("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, data.length)));
  }

  private ObjectNode list(Map<String, String> query) {
    listings.incrementAndGet();
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.get("delimiter");
    int most = Integer.parseInt(query.getOrDefault("maxResults", "1000"));
    ObjectNode page = JSON.createObjectNode().put("kind", "storage#objects");
    ArrayNode items = page.putArray("items");
    ArrayNode prefixes = page.putArray("prefixes");
    String key = objects.ceilingKey(query.getOrDefault("pageToken", prefix));
    while (key != null && key.startsWith(prefix)) {
      if (items.size() + prefixes.size() == most) {
        page.put("nextPageToken", key);
        break;
      }
      int cut = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
      if (cut < 0) {
        items.add(object(key, objects.get(key)));
        key = objects.higherKey(key);
      } else {
        String common = key.substring(0, cut + 1);
        prefixes.add(common);
        key = objects.ceilingKey(key.substring(0, cut) + (char) (delimiter.charAt(0) + 1));
      }
    }
    return page;
  }

  private ObjectNode object(String name, byte[] data) {
    ObjectNode object = JSON.createObjectNode();
    object.put("kind", "storage#object").put("bucket", BUCKET).put("name", name);
    object.put("generation", Long.toString(generation.get())).put("metageneration", "1");
    object.put("size", Integer.toString(data.length));
    object
        .put("updated", "2026-01-01T00:00:00.000Z")
        .put("timeCreated", "2026-01-01T00:00:00.000Z");
    return object.put("md5Hash", Base64.getEncoder().encodeToString(md5(data)));
  }

  private static byte[] md5(byte[] data) {
    try {
      return MessageDigest.getInstance("MD5").digest(data);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer upload(HttpExchange exchange, Map<String, String> query) throws IOException {
    InputStream body = exchange.getRequestBody();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(body);
    }
    String id = query.get("upload_id");
    if (id == null) {
      byte[] metadata = body.readAllBytes();
      String name =
          query.containsKey("name")
              ? query.get("name")
              : JSON.readTree(metadata).get("name").asText();
      String started = Long.toString(generation.incrementAndGet());
      uploads.put(started, new Upload(name, new ByteArrayOutputStream(), new AtomicInteger()));
      String location = url() + UPLOAD + "?uploadType=resumable&upload_id=" + started;
      return new Answer(200, new byte[0], Map.of("Location", location));
    }
    Upload upload = uploads.get(id);
    if (drop.test(upload.name())) {
      if (upload.attempts().getAndIncrement() == 0) {
        body.readNBytes(100);
        dropped.incrementAndGet();
        return null;
      }
      if (refuse) {
        return Answer.error(403);
      }
    }
    return chunk(
        upload, body.readAllBytes(), exchange.getRequestHeaders().getFirst("Content-Range"));
  }

  private Answer chunk(Upload upload, byte[] data, String range) throws IOException {
    upload.data().writeBytes(data);
    int size = upload.data().size();
    boolean question = range != null && range.startsWith("bytes */") && !range.endsWith("/0");
    if (!question && (range == null || !range.endsWith("/*"))) {
      byte[] whole = upload.data().toByteArray();
      objects.put(upload.name(), whole);
      return Answer.json(object(upload.name(), whole));
    }
    return new Answer(
        308, new byte[0], size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)));
  }

  /** Answers the requests in a request. */
  private Answer batch(String body) throws IOException {
    String boundary = body.substring(0, body.indexOf("\r\n"));
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    for (String part : body.split(java.util.regex.Pattern.quote(boundary), -1)) {
      String[] sections = part.split("\r\n\r\n", 3);
      if (sections.length < 2) {
        continue;
      }
      String id = sections[0].replaceFirst("(?is).*content-id: *<?([^>\\r\\n]+).*", "$1");
      String[] request = sections[1].stripLeading().split("[ \r]", 3);
      Answer answer = answer(request[0], URI.create(request[1]), null);
      String head =
          "--b\r\nContent-Type: application/http\r\nContent-ID: <response-%s>\r\n\r\nHTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(id, answer.status(), answer.body().length);
      answers.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      answers.writeBytes(answer.body());
      answers.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    answers.writeBytes("--b--\r\n".getBytes(StandardCharsets.UTF_8));
    return new Answer(
        200, answers.toByteArray(), Map.of("Content-Type", "multipart/mixed; boundary=b"));
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new ConcurrentHashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] sides = pair.split("=", 2);
        query.put(sides[0], sides.length == 1 ? "" : decode(sides[1]));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
