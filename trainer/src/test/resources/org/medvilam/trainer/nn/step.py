"""Times a step, an answer or a picture's features in PyTorch, on the tensors StepBenchmark wrote.

Arguments: DIRECTORY step|answer|features. Prints milliseconds, CPU milliseconds, the peak
memory in MB, and the norm of the projection's gradient or of the features, or the sum of tokens.
"""
import json
import resource
import statistics
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
folder, task = sys.argv[1:]


def tensors(path):
    """Reads a safetensors file: the length of its header, the header, the data."""
    with open(path, "rb") as file:
        data = file.read()
    length = int.from_bytes(data[:8], "little")
    found = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name != "__metadata__":
            start, end = (8 + length + at for at in entry["data_offsets"])
            values = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
            found[name] = torch.from_numpy(values.copy())
    return found


with open(folder + "/shape.json") as file:
    shapes = json.load(file)
shape, vision = shapes["decoder"], shapes["vision"]
weights, given = tensors(folder + "/weights.safetensors"), tensors(folder + "/batch.safetensors")
heads, key_heads, layers = shape["heads"], shape["keyValueHeads"], shape["layers"]
head_width = shape["width"] // heads
tokens = given["tokens"].long()
batch, text = tokens.shape
patches = given["features"].shape[0] // batch
MODEL = "language_model.model."
PROJECTION = "multi_modal_projector.linear."
embedding = weights[MODEL + "embed_tokens.weight"]
half = torch.arange(head_width // 2, dtype=torch.float64)
angles = torch.arange(2 * (patches + text) + 400, dtype=torch.float64)[:, None] * shape["ropeBase"] ** (
    -2 * half / head_width)
cos, sin = (torch.cat([f(angles)] * 2, -1).float() for f in (torch.cos, torch.sin))


def norm(x, name):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + shape["epsilon"]) * weights[name]


def turn(x, start):
    end = start + x.shape[2]
    a, b = x.chunk(2, -1)
    return x * cos[start:end] + torch.cat([-b, a], -1) * sin[start:end]


def split(x, count):
    return x.reshape(x.shape[0], x.shape[1], count, head_width).transpose(1, 2)


def shared(x):
    return x if heads == key_heads else x.repeat_interleave(heads // key_heads, 1)


def block(x, i, mask, start=0, cache=None):
    name = MODEL + "layers.%d." % i
    n = norm(x, name + "input_layernorm.weight")
    q, k, v = (split(F.linear(n, weights[name + "self_attn.%s_proj.weight" % p]), c)
               for p, c in (("q", heads), ("k", key_heads), ("v", key_heads)))
    q, k = turn(q, start), turn(k, start)
    if cache is not None:
        if i in cache:
            k, v = torch.cat([cache[i][0], k], 2), torch.cat([cache[i][1], v], 2)
        cache[i] = (k, v)
    scores = q @ shared(k).transpose(-1, -2) * head_width ** -0.5
    if mask is not None:
        scores = scores + mask
    context = (scores.softmax(-1) @ shared(v)).transpose(1, 2).reshape(x.shape)
    x = x + F.linear(context, weights[name + "self_attn.o_proj.weight"])
    n = norm(x, name + "post_attention_layernorm.weight")
    gate, up = (F.linear(n, weights[name + "mlp.%s_proj.weight" % p]) for p in ("gate", "up"))
    return x + F.linear(F.silu(gate) * up, weights[name + "mlp.down_proj.weight"])


def causal(length):
    return torch.full((length, length), -1e9).triu(1)


def scores(x):
    return F.linear(norm(x, MODEL + "norm.weight"), embedding)


def images(features):
    return F.linear(features, weights[PROJECTION + "weight"], weights[PROJECTION + "bias"])


rows = given["rows"].long()
full = causal(patches + text)
projection = [weights[PROJECTION + p].requires_grad_(True) for p in ("weight", "bias")]


def step():
    for p in projection:
        p.grad = None
    x = torch.cat([images(given["features"]).reshape(batch, patches, -1), embedding[tokens]], 1)
    for i in range(layers):
        x = block(x, i, full)
    loss = F.cross_entropy(scores(x.reshape(-1, x.shape[-1])[rows]), given["targets"])
    loss.backward()
    return projection[0].grad.norm().item()


@torch.no_grad()
def answer(count):
    x = torch.cat([images(given["features"][:patches]), embedding[tokens[0]]])[None]
    cache, written, start = {}, [], 0
    for _ in range(count):
        mask = causal(x.shape[1]) if x.shape[1] > 1 else None
        length = x.shape[1]
        for i in range(layers):
            x = block(x, i, mask, start, cache)
        start += length
        token = scores(x[:, -1]).argmax(-1)
        written.append(token.item())
        x = embedding[token][None]
    return sum(written)


TOWER = "vision_tower.vision_model."


def layer_norm(x, name):
    return F.layer_norm(x, x.shape[-1:], weights[name + ".weight"], weights[name + ".bias"], vision["epsilon"])


def linear(x, name):
    return F.linear(x, weights[name + ".weight"], weights[name + ".bias"])


def vision_block(x, i):
    name = TOWER + "encoder.layers.%d." % i
    n = layer_norm(x, name + "layer_norm1")
    width = vision["width"] // vision["heads"]
    q, k, v = (linear(n, name + "self_attn.%s_proj" % p).reshape(1, -1, vision["heads"], width).transpose(1, 2)
               for p in ("q", "k", "v"))
    context = (q @ k.transpose(-1, -2) * width ** -0.5).softmax(-1) @ v
    x = x + linear(context.transpose(1, 2).reshape(x.shape), name + "self_attn.out_proj")
    inner = linear(layer_norm(x, name + "layer_norm2"), name + "mlp.fc1")
    return x + linear(inner * torch.sigmoid(1.702 * inner), name + "mlp.fc2")


@torch.no_grad()
def features():
    x = F.linear(given["patches"][None], weights[TOWER + "embeddings.patch_embedding.weight"])
    x = layer_norm(x + weights[TOWER + "embeddings.position_embedding.weight"], TOWER + "pre_layrnorm")
    for i in range(vision["layers"]):
        x = vision_block(x, i)
    return layer_norm(x, TOWER + "post_layernorm").norm().item()


run = {"step": step, "answer": lambda: answer(20), "features": features}[task]
warm, start = 0, time.process_time()
while warm < 3 or time.process_time() - start < 1:
    result = run()
    warm += 1
together = max(1, int(0.4 * warm / (time.process_time() - start)))
wall, cpu = [], []
for _ in range(7):
    w, c = time.perf_counter(), time.process_time()
    for _ in range(together):
        result = run()
    wall.append(1e3 * (time.perf_counter() - w) / together)
    cpu.append(1e3 * (time.process_time() - c) / together)
print("%.2f %.2f %d %.6f" % (
    statistics.median(wall), statistics.median(cpu),
    resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, result))
