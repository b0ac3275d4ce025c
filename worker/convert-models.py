"""
Writes worker/models/<name>.onnx from <name>.json and <name>.bin: the same network for ONNX Runtime. Weights stay in the .bin, as 16-bit
floats: the .onnx says where in it each lies, and that it is cast and turned to the order that ONNX wants, which the runtime does once, when it loads.

    python3 -m venv .local/convert
    .local/convert/bin/pip install tensorflow-cpu==2.21.0 tf2onnx==1.17.0 onnx==1.23.2
    .local/convert/bin/python worker/convert-models.py

With the same versions the same bytes come out.
"""

import json
from pathlib import Path

import numpy as np

np.product = np.prod  # tf2onnx 1.17 asks for a name that NumPy 2 has dropped.

import onnx
import tensorflow as tf
import tf2onnx
from google.protobuf import json_format
from onnx import TensorProto, helper, numpy_helper
from tensorflow.core.framework import graph_pb2, node_def_pb2

MODELS = Path(__file__).parent / "models"
OPSET = 17
SIDE = 256


def read_weights(model, folder):
    """Each weight as TensorFlow.js has it, and where it lies: the file's name, offset and length in bytes, type."""
    manifest = model["weightsManifest"][0]
    (file,) = manifest["paths"]
    data = (folder / file).read_bytes()
    weights, offset = {}, 0
    for spec in manifest["weights"]:
        stored = np.dtype(spec.get("quantization", spec)["dtype"])
        count = int(np.prod(spec["shape"], dtype=np.int64))
        values = np.frombuffer(data, stored, count, offset).reshape(spec["shape"])
        weights[spec["name"]] = (values.astype(spec["dtype"]), (file, offset, values.nbytes, stored))
        offset += values.nbytes
    assert offset == len(data)
    return weights


def graph_of(model, weights):
    """The TensorFlow graph, with what TensorFlow.js has fused taken apart again."""
    graph = graph_pb2.GraphDef()
    for node in model["modelTopology"]["node"]:
        if node["op"] == "Const":
            tensor = tf.make_tensor_proto(weights[node["name"]][0])
            const = graph.node.add(name=node["name"], op="Const")
            const.attr["dtype"].type = tensor.dtype
            const.attr["value"].tensor.CopyFrom(tensor)
            continue
        read = json_format.ParseDict(node, node_def_pb2.NodeDef(), ignore_unknown_fields=True)
        if read.op == "Placeholder":
            read.attr["shape"].shape.CopyFrom(tf.TensorShape([1, SIDE, SIDE, 3]).as_proto())
        base = {"_FusedConv2D": "Conv2D", "FusedDepthwiseConv2dNative": "DepthwiseConv2dNative"}.get(read.op)
        if base is None:
            graph.node.append(read)
            continue
        fused = [each.decode() for each in read.attr["fused_ops"].list.s]
        last = graph.node.add(name=f"{read.name}/conv", op=base, input=read.input[:2])
        for key in ("T", "strides", "padding", "dilations", "data_format"):
            if key in read.attr:
                last.attr[key].CopyFrom(read.attr[key])
        rest = list(read.input[2:])
        for i, op in enumerate(fused):
            assert op in ("BiasAdd", "Relu", "Relu6"), op
            inputs = [last.name] + ([rest.pop(0)] if op == "BiasAdd" else [])
            name = read.name if i == len(fused) - 1 else f"{read.name}/{op}"
            last = graph.node.add(name=name, op=op, input=inputs)
            last.attr["T"].type = tf.float32.as_datatype_enum
        assert not rest
    return graph


def name_of(side):
    (only,) = side.values()
    return only["name"] if ":" in only["name"] else f"{only['name']}:0"


def share_weights(onnx_model, weights):
    """Takes out of the model what lies in the .bin, and puts in its place how to get it from there."""
    graph = onnx_model.graph
    makers, kept = [], []
    for initializer in graph.initializer:
        values = numpy_helper.to_array(initializer)
        found = values.size > 16 and values.dtype == np.float32 and find(values, weights)
        if not found:
            kept.append(initializer)
            continue
        shape, turn, (file, offset, length, stored) = found
        assert stored == np.float16
        name = initializer.name
        outside = TensorProto(name=f"{name}/stored", data_type=TensorProto.FLOAT16, dims=shape, data_location=TensorProto.EXTERNAL)
        for key, value in (("location", file), ("offset", offset), ("length", length)):
            outside.external_data.add(key=key, value=str(value))
        kept.append(outside)
        parts = [("Cast", {"to": TensorProto.FLOAT})] + ([("Transpose", {"perm": turn})] if turn else [])
        if tuple(np.array(shape)[turn] if turn else shape) != values.shape:
            size = numpy_helper.from_array(np.array(values.shape, np.int64), f"{name}/shape")
            kept.append(size)
            parts.append(("Reshape", {}))
        before = outside.name
        for i, (op, attributes) in enumerate(parts):
            after = name if i == len(parts) - 1 else f"{name}/{op}"
            inputs = [before, f"{name}/shape"] if op == "Reshape" else [before]
            makers.append(helper.make_node(op, inputs, [after], name=f"{name}/{op}/of", **attributes))
            before = after
    del graph.initializer[:]
    graph.initializer.extend(kept)
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(makers + nodes)


def find(values, weights):
    """The weight that these values are, the turn of its axes that ONNX wants, and where it lies; or None."""
    for weight, place in weights.values():
        if weight.size != values.size:
            continue
        turns = [None] + ([[3, 2, 0, 1], [2, 3, 0, 1]] if weight.ndim == 4 else [])
        for turn in turns:
            turned = weight.transpose(turn) if turn else weight
            if np.array_equal(turned.reshape(-1), values.reshape(-1)):
                return weight.shape, turn, place
    return None


def convert(name):
    model = json.loads((MODELS / f"{name}.json").read_text())
    weights = read_weights(model, MODELS)
    graph = graph_of(model, weights)
    inputs, outputs = name_of(model["signature"]["inputs"]), name_of(model["signature"]["outputs"])
    with tf.Graph().as_default():
        simpler = tf2onnx.tf_loader.tf_optimize([inputs], [outputs], graph)
    converted, _ = tf2onnx.convert.from_graph_def(
        simpler, name=name, input_names=[inputs], output_names=[outputs], opset=OPSET
    )
    share_weights(converted, weights)
    target = MODELS / f"{name}.onnx"
    target.write_bytes(converted.SerializeToString(deterministic=True))
    onnx.checker.check_model(str(target))
    print(target, target.stat().st_size, "bytes")


if __name__ == "__main__":
    tf.compat.v1.disable_eager_execution()
    for each in ("movenet-multipose", "selfie"):
        convert(each)
